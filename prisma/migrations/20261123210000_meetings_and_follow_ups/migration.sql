-- CreateEnum
CREATE TYPE "attachment_kind" AS ENUM ('PHOTO', 'VOICE', 'VIDEO', 'DOCUMENT');

-- CreateEnum
CREATE TYPE "promised_by" AS ENUM ('US', 'CLIENT');

-- CreateEnum
CREATE TYPE "follow_up_status" AS ENUM ('OPEN', 'DONE', 'DROPPED');

-- CreateEnum
CREATE TYPE "notice_state" AS ENUM ('WAITING', 'CLAIMED', 'SENDING', 'SENT', 'UNCLEAR', 'DROPPED', 'PARKED');

-- DropIndex
DROP INDEX "meetings_author_id_idx";

-- AlterTable
ALTER TABLE "accounts" ADD COLUMN     "latitude" DOUBLE PRECISION,
ADD COLUMN     "longitude" DOUBLE PRECISION;

-- AlterTable
ALTER TABLE "contacts" ADD COLUMN     "verified" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "identities" ADD COLUMN     "blocked_at" TIMESTAMPTZ(3),
ADD COLUMN     "last_seen_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "meetings" ADD COLUMN     "ends_at" TIMESTAMPTZ(3),
ADD COLUMN     "said" TEXT;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "country" TEXT,
ADD COLUMN     "digest_at" TEXT,
ADD COLUMN     "quiet_from" TEXT,
ADD COLUMN     "quiet_to" TEXT,
ADD COLUMN     "work_days" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "work_from" TEXT,
ADD COLUMN     "work_to" TEXT;

-- CreateTable
CREATE TABLE "meeting_amendments" (
    "id" TEXT NOT NULL,
    "meeting_id" TEXT NOT NULL,
    "author_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "channel" TEXT NOT NULL,
    "before" JSONB NOT NULL,
    "after" JSONB NOT NULL,

    CONSTRAINT "meeting_amendments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attachments" (
    "id" TEXT NOT NULL,
    "meeting_id" TEXT NOT NULL,
    "author_id" TEXT,
    "platform" "platform" NOT NULL,
    "file_id" TEXT NOT NULL,
    "kind" "attachment_kind" NOT NULL,
    "name" TEXT,
    "mime_type" TEXT,
    "bytes" INTEGER,
    "caption" TEXT,
    "added_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attachments_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_refs" (
    "platform" "platform" NOT NULL,
    "chat" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "meeting_id" TEXT NOT NULL,

    CONSTRAINT "message_refs_pkey" PRIMARY KEY ("platform","chat","message")
);

-- CreateTable
CREATE TABLE "last_places" (
    "user_id" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "last_places_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "follow_ups" (
    "id" TEXT NOT NULL,
    "account_id" TEXT,
    "meeting_id" TEXT,
    "owner_id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "promised_by" "promised_by" NOT NULL,
    "contact_name" TEXT,
    "what" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "due_time" TEXT,
    "repeat" JSONB,
    "urgent" BOOLEAN NOT NULL DEFAULT false,
    "status" "follow_up_status" NOT NULL DEFAULT 'OPEN',
    "occurrence" INTEGER NOT NULL DEFAULT 1,
    "reminder" INTEGER NOT NULL DEFAULT 1,
    "snoozes" INTEGER NOT NULL DEFAULT 0,
    "snoozed_until" TIMESTAMPTZ(3),
    "remind_at" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "done_by_id" TEXT,
    "drop_reason" TEXT,
    "done_count" INTEGER NOT NULL DEFAULT 0,
    "missed_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "follow_ups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "drafts" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "drafts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notices" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "person_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "number" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "try_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "notice_state" NOT NULL DEFAULT 'WAITING',
    "claim" TEXT,
    "claimed_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "doubts" INTEGER NOT NULL DEFAULT 0,
    "platform" "platform",
    "chat" TEXT,
    "message" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "error" TEXT,

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "meeting_amendments_meeting_id_at_idx" ON "meeting_amendments"("meeting_id", "at");

-- CreateIndex
CREATE INDEX "attachments_meeting_id_added_at_idx" ON "attachments"("meeting_id", "added_at");

-- CreateIndex
CREATE INDEX "message_refs_meeting_id_idx" ON "message_refs"("meeting_id");

-- CreateIndex
CREATE INDEX "follow_ups_owner_id_status_due_on_idx" ON "follow_ups"("owner_id", "status", "due_on");

-- CreateIndex
CREATE INDEX "follow_ups_account_id_status_due_on_idx" ON "follow_ups"("account_id", "status", "due_on");

-- CreateIndex
CREATE INDEX "follow_ups_meeting_id_idx" ON "follow_ups"("meeting_id");

-- CreateIndex
CREATE INDEX "drafts_expires_at_idx" ON "drafts"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "notices_key_key" ON "notices"("key");

-- CreateIndex
CREATE INDEX "notices_state_try_at_idx" ON "notices"("state", "try_at");

-- CreateIndex
CREATE INDEX "notices_person_id_state_idx" ON "notices"("person_id", "state");

-- CreateIndex
CREATE INDEX "notices_subject_idx" ON "notices"("subject");

-- CreateIndex
CREATE INDEX "meetings_author_id_status_day_idx" ON "meetings"("author_id", "status", "day");

-- AddForeignKey
ALTER TABLE "meeting_amendments" ADD CONSTRAINT "meeting_amendments_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attachments" ADD CONSTRAINT "attachments_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_refs" ADD CONSTRAINT "message_refs_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "last_places" ADD CONSTRAINT "last_places_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meetings"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notices" ADD CONSTRAINT "notices_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand: what cannot be true.
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_place" CHECK ((latitude IS NULL) = (longitude IS NULL)
  AND coalesce(latitude, 0) BETWEEN -90 AND 90 AND coalesce(longitude, 0) BETWEEN -180 AND 180);
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_end_after_start" CHECK (ends_at IS NULL OR ends_at >= starts_at);
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_due_time" CHECK (due_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
ALTER TABLE "follow_ups" ADD CONSTRAINT "follow_ups_done" CHECK ((status = 'DONE') = (done_at IS NOT NULL) OR repeat IS NOT NULL);
ALTER TABLE "notices" ADD CONSTRAINT "notices_never_early" CHECK (try_at >= due_at);
