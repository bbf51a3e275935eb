-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "accounts";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "cyber";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "hosting";

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "platform";

-- CreateTable
CREATE TABLE "accounts"."SignInRequest" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "tokenDigest" TEXT NOT NULL,
    "codeDigest" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "usedAt" TIMESTAMPTZ(3),
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "SignInRequest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."Mail" (
    "id" UUID NOT NULL,
    "dedupeKey" TEXT NOT NULL,
    "subjectKey" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "sealedProps" TEXT,
    "recipient" TEXT NOT NULL,
    "subject" TEXT,
    "text" TEXT,
    "html" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lastError" TEXT,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "platform"."Heartbeat" (
    "process" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Heartbeat_pkey" PRIMARY KEY ("process")
);

-- CreateTable
CREATE TABLE "cyber"."Subscription" (
    "rne" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sealedKey" TEXT,
    "griffe" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "view" JSONB,
    "etag" TEXT,
    "state" TEXT,
    "since" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "nextReadAt" TIMESTAMPTZ(3),
    "lastError" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "createdBy" TEXT NOT NULL,

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("rne")
);

-- CreateTable
CREATE TABLE "cyber"."Contact" (
    "rne" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT,

    CONSTRAINT "Contact_pkey" PRIMARY KEY ("rne","email")
);

-- CreateTable
CREATE TABLE "cyber"."Step" (
    "rne" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "learntAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Step_pkey" PRIMARY KEY ("rne","at","state")
);

-- CreateTable
CREATE TABLE "cyber"."AuditEntry" (
    "id" BIGSERIAL NOT NULL,
    "rne" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "detail" TEXT,

    CONSTRAINT "AuditEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cyber"."FeedCursor" (
    "id" TEXT NOT NULL,
    "cursor" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FeedCursor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosting"."Establishment" (
    "rne" TEXT NOT NULL,
    "griffe" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "revision" BIGINT NOT NULL,
    "cycle" INTEGER NOT NULL DEFAULT 1,
    "keyVersion" INTEGER NOT NULL DEFAULT 1,
    "alterFrom" TEXT,
    "deleteFrom" TEXT,
    "pendingGriffe" TEXT,
    "pendingCode" TEXT,
    "pendingVersion" TEXT,
    "problem" JSONB,
    "connection" JSONB,
    "depositCompletedAt" TIMESTAMPTZ(3),
    "removalDueAt" TIMESTAMPTZ(3),
    "removalStartedAt" TIMESTAMPTZ(3),
    "downloadsExpireAt" TIMESTAMPTZ(3),
    "estimateOverrideAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Establishment_pkey" PRIMARY KEY ("rne")
);

-- CreateTable
CREATE TABLE "hosting"."History" (
    "revision" BIGINT NOT NULL,
    "rne" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "fromState" TEXT,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "authorKind" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "durationMs" BIGINT,
    "sizeBytes" BIGINT,

    CONSTRAINT "History_pkey" PRIMARY KEY ("revision")
);

-- CreateTable
CREATE TABLE "hosting"."BaseFile" (
    "id" UUID NOT NULL,
    "rne" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "fileName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'receiving',
    "identity" TEXT,
    "expectedSha256" TEXT,
    "sha256" TEXT,
    "name" TEXT,
    "problem" JSONB,
    "metadata" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastActivityAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fileRemovedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BaseFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosting"."Download" (
    "id" UUID NOT NULL,
    "rne" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "fileName" TEXT NOT NULL,
    "sizeBytes" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Download_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosting"."Event" (
    "id" UUID NOT NULL,
    "rne" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "deliveredAt" TIMESTAMPTZ(3),
    "abandonedAt" TIMESTAMPTZ(3),
    "lastError" TEXT,

    CONSTRAINT "Event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosting"."Incident" (
    "reference" TEXT NOT NULL,
    "rne" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Incident_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "hosting"."ProvisioningEntry" (
    "id" BIGSERIAL NOT NULL,
    "rne" TEXT NOT NULL,
    "cycle" INTEGER NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "output" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ProvisioningEntry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hosting"."PortLease" (
    "port" INTEGER NOT NULL,
    "rne" TEXT NOT NULL,

    CONSTRAINT "PortLease_pkey" PRIMARY KEY ("port")
);

-- CreateIndex
CREATE UNIQUE INDEX "SignInRequest_tokenDigest_key" ON "accounts"."SignInRequest"("tokenDigest");

-- CreateIndex
CREATE INDEX "SignInRequest_email_createdAt_idx" ON "accounts"."SignInRequest"("email", "createdAt");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_dedupeKey_key" ON "platform"."Mail"("dedupeKey");

-- CreateIndex
CREATE INDEX "Mail_subjectKey_createdAt_idx" ON "platform"."Mail"("subjectKey", "createdAt");

-- CreateIndex
CREATE INDEX "Subscription_state_idx" ON "cyber"."Subscription"("state");

-- CreateIndex
CREATE INDEX "Subscription_nextReadAt_idx" ON "cyber"."Subscription"("nextReadAt");

-- CreateIndex
CREATE INDEX "Contact_email_idx" ON "cyber"."Contact"("email");

-- CreateIndex
CREATE INDEX "AuditEntry_rne_at_idx" ON "cyber"."AuditEntry"("rne", "at");

-- CreateIndex
CREATE UNIQUE INDEX "Establishment_revision_key" ON "hosting"."Establishment"("revision");

-- CreateIndex
CREATE INDEX "Establishment_state_since_idx" ON "hosting"."Establishment"("state", "since");

-- CreateIndex
CREATE INDEX "History_rne_revision_idx" ON "hosting"."History"("rne", "revision");

-- CreateIndex
CREATE INDEX "History_fromState_state_at_idx" ON "hosting"."History"("fromState", "state", "at");

-- CreateIndex
CREATE INDEX "BaseFile_rne_cycle_position_idx" ON "hosting"."BaseFile"("rne", "cycle", "position");

-- CreateIndex
CREATE INDEX "BaseFile_status_lastActivityAt_idx" ON "hosting"."BaseFile"("status", "lastActivityAt");

-- CreateIndex
CREATE UNIQUE INDEX "Download_rne_cycle_fileName_key" ON "hosting"."Download"("rne", "cycle", "fileName");

-- CreateIndex
CREATE INDEX "Event_rne_createdAt_idx" ON "hosting"."Event"("rne", "createdAt");

-- CreateIndex
CREATE INDEX "Incident_resolvedAt_openedAt_idx" ON "hosting"."Incident"("resolvedAt", "openedAt");

-- CreateIndex
CREATE INDEX "Incident_rne_idx" ON "hosting"."Incident"("rne");

-- CreateIndex
CREATE INDEX "ProvisioningEntry_rne_at_idx" ON "hosting"."ProvisioningEntry"("rne", "at");

-- CreateIndex
CREATE UNIQUE INDEX "PortLease_rne_key" ON "hosting"."PortLease"("rne");

-- AddForeignKey
ALTER TABLE "cyber"."Contact" ADD CONSTRAINT "Contact_rne_fkey" FOREIGN KEY ("rne") REFERENCES "cyber"."Subscription"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cyber"."Step" ADD CONSTRAINT "Step_rne_fkey" FOREIGN KEY ("rne") REFERENCES "cyber"."Subscription"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cyber"."AuditEntry" ADD CONSTRAINT "AuditEntry_rne_fkey" FOREIGN KEY ("rne") REFERENCES "cyber"."Subscription"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hosting"."History" ADD CONSTRAINT "History_rne_fkey" FOREIGN KEY ("rne") REFERENCES "hosting"."Establishment"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hosting"."BaseFile" ADD CONSTRAINT "BaseFile_rne_fkey" FOREIGN KEY ("rne") REFERENCES "hosting"."Establishment"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hosting"."Download" ADD CONSTRAINT "Download_rne_fkey" FOREIGN KEY ("rne") REFERENCES "hosting"."Establishment"("rne") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hosting"."Incident" ADD CONSTRAINT "Incident_rne_fkey" FOREIGN KEY ("rne") REFERENCES "hosting"."Establishment"("rne") ON DELETE CASCADE ON UPDATE CASCADE;
