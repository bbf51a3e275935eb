-- AlterTable
ALTER TABLE "cyber"."Subscription" ADD COLUMN     "givenBack" JSONB;

-- What certificates can still say of hostings that ended before this column.
UPDATE "cyber"."Subscription" AS school SET "givenBack" = jsonb_build_object(
  'since', view->'since',
  'files', (
    SELECT jsonb_agg(jsonb_build_object(
      'baseName', (
        SELECT base->'name' FROM jsonb_array_elements(school.view->'bases') AS base
        WHERE base->>'status' = 'mounted' AND base->>'name' || '.zip' = download->>'fileName' LIMIT 1
      ),
      'sizeBytes', download->'size',
      'sha256', download->'sha256'
    )) FROM jsonb_array_elements(school.view->'downloads') AS download
  )
) WHERE state = 'BCDIDELETED' AND jsonb_array_length(view->'downloads') > 0;

-- AlterTable: what lies on the disk so far lies there under its own name.
ALTER TABLE "hosting"."Download" ADD COLUMN     "storedName" TEXT;
UPDATE "hosting"."Download" SET "storedName" = "fileName";
ALTER TABLE "hosting"."Download" ALTER COLUMN "storedName" SET NOT NULL;

-- A tombstone has nothing that waits to be changed.
UPDATE "hosting"."Establishment" SET "pendingGriffe" = NULL, "pendingCode" = NULL, "pendingVersion" = NULL
WHERE state = 'BCDIDELETED';
