-- DropIndex
DROP INDEX "cyber"."Subscription_state_idx";

-- AlterTable
ALTER TABLE "cyber"."Subscription" ADD COLUMN     "firstPromise" JSONB,
ADD COLUMN     "listRank" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "pendingChange" JSONB,
ADD COLUMN     "searchText" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "unavailableSince" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "Subscription_state_listRank_searchText_idx" ON "cyber"."Subscription"("state", "listRank", "searchText");

-- CreateIndex
CREATE INDEX "Subscription_listRank_searchText_idx" ON "cyber"."Subscription"("listRank", "searchText");
