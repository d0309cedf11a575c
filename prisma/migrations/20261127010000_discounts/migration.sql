-- CreateEnum
CREATE TYPE "discount_state" AS ENUM ('PENDING', 'COUNTERED', 'GRANTED', 'DECLINED', 'WITHDRAWN', 'REVOKED');

-- CreateEnum
CREATE TYPE "commitment_kind" AS ENUM ('VOLUME', 'PREPAYMENT', 'DATE', 'REFERRAL', 'OTHER');

-- CreateEnum
CREATE TYPE "commitment_state" AS ENUM ('OPEN', 'KEPT', 'BROKEN', 'VOID');

-- AlterTable
ALTER TABLE "products" ADD COLUMN     "cost" DECIMAL(18,2),
ADD COLUMN     "floor_margin" DECIMAL(7,4);

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "delegation_level" "delegation_level";

-- CreateTable
CREATE TABLE "policy_versions" (
    "version" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "source" TEXT NOT NULL,
    "author_id" TEXT,
    "channel" TEXT NOT NULL,
    "set_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_versions_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "discount_requests" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "account_id" TEXT NOT NULL,
    "requester_id" TEXT NOT NULL,
    "product_id" TEXT,
    "deal_id" TEXT,
    "state" "discount_state" NOT NULL,
    "percent" DECIMAL(7,4) NOT NULL,
    "list_amount" DECIMAL(18,2) NOT NULL,
    "net_amount" DECIMAL(18,2) NOT NULL,
    "currency" TEXT NOT NULL,
    "last_day" DATE NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "version" INTEGER NOT NULL DEFAULT 1,
    "policy_version" INTEGER NOT NULL,
    "waiting_for" TEXT[],
    "next_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "discount_requests_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval_votes" (
    "request_id" TEXT NOT NULL,
    "step_id" TEXT NOT NULL,
    "slot" INTEGER NOT NULL,
    "seat_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_votes_pkey" PRIMARY KEY ("request_id","step_id","slot")
);

-- CreateTable
CREATE TABLE "client_commitments" (
    "id" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "commitment_kind" NOT NULL,
    "what" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "state" "commitment_state" NOT NULL DEFAULT 'OPEN',
    "delays" INTEGER NOT NULL DEFAULT 0,
    "checked_at" TIMESTAMPTZ(3),
    "checked_by" TEXT,

    CONSTRAINT "client_commitments_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "discount_requests_number_key" ON "discount_requests"("number");

-- CreateIndex
CREATE INDEX "discount_requests_account_id_created_at_idx" ON "discount_requests"("account_id", "created_at");

-- CreateIndex
CREATE INDEX "discount_requests_requester_id_state_idx" ON "discount_requests"("requester_id", "state");

-- CreateIndex
CREATE INDEX "discount_requests_next_at_idx" ON "discount_requests"("next_at");

-- CreateIndex
CREATE INDEX "discount_requests_changed_at_idx" ON "discount_requests"("changed_at");

-- CreateIndex
CREATE INDEX "discount_requests_waiting_for_idx" ON "discount_requests" USING GIN ("waiting_for");

-- CreateIndex
CREATE UNIQUE INDEX "approval_votes_request_id_step_id_seat_id_key" ON "approval_votes"("request_id", "step_id", "seat_id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_votes_request_id_step_id_actor_id_key" ON "approval_votes"("request_id", "step_id", "actor_id");

-- CreateIndex
CREATE INDEX "client_commitments_account_id_state_idx" ON "client_commitments"("account_id", "state");

-- CreateIndex
CREATE INDEX "client_commitments_request_id_idx" ON "client_commitments"("request_id");

-- CreateIndex
CREATE INDEX "notices_chat_message_idx" ON "notices"("chat", "message");

-- AddForeignKey
ALTER TABLE "discount_requests" ADD CONSTRAINT "discount_requests_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "discount_requests" ADD CONSTRAINT "discount_requests_requester_id_fkey" FOREIGN KEY ("requester_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "discount_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_commitments" ADD CONSTRAINT "client_commitments_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "discount_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "client_commitments" ADD CONSTRAINT "client_commitments_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What no code may write, whatever it believes.
ALTER TABLE "discount_requests" ADD CONSTRAINT "discount_requests_price"
  CHECK ("percent" > 0 AND "percent" < 100 AND "net_amount" <= "list_amount" AND "net_amount" >= 0);
ALTER TABLE "approval_votes" ADD CONSTRAINT "approval_votes_verdict"
  CHECK ("verdict" IN ('approve', 'decline', 'counter') AND "slot" > 0);
