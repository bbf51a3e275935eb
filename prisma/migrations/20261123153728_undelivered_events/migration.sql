-- CreateIndex
CREATE INDEX "Event_deliveredAt_createdAt_idx" ON "hosting"."Event"("deliveredAt", "createdAt");
