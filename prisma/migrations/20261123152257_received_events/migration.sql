-- CreateTable
CREATE TABLE "cyber"."ReceivedEvent" (
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ReceivedEvent_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ReceivedEvent_at_idx" ON "cyber"."ReceivedEvent"("at");
