-- AlterTable
ALTER TABLE "hosting"."History" DROP COLUMN "sizeBytes",
ADD COLUMN     "endedAlone" BOOLEAN,
ADD COLUMN     "endedExpectedMs" BIGINT,
ADD COLUMN     "endedWorkBytes" BIGINT,
ADD COLUMN     "expectedMs" BIGINT,
ADD COLUMN     "isAlone" BOOLEAN,
ADD COLUMN     "workBytes" BIGINT;
