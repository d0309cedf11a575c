-- Fuzzy lookup of names: see src/db/account-lookup.ts.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "role" AS ENUM ('KAM', 'MANAGER', 'DIRECTOR', 'FINANCE', 'ADMIN');

-- CreateEnum
CREATE TYPE "platform" AS ENUM ('SLACK', 'TELEGRAM', 'CONSOLE');

-- CreateEnum
CREATE TYPE "tier" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "delegation_level" AS ENUM ('D1', 'D2', 'D3', 'D4');

-- CreateEnum
CREATE TYPE "account_name_kind" AS ENUM ('NAME', 'ALIAS', 'TAX_NUMBER');

-- CreateEnum
CREATE TYPE "influence" AS ENUM ('DECISION_MAKER', 'INFLUENCER', 'USER', 'GATEKEEPER');

-- CreateEnum
CREATE TYPE "attitude" AS ENUM ('SUPPORTER', 'NEUTRAL', 'CRITIC');

-- CreateEnum
CREATE TYPE "deal_outcome" AS ENUM ('OPEN', 'WON', 'LOST');

-- CreateEnum
CREATE TYPE "meeting_kind" AS ENUM ('VISIT', 'CALL', 'ONLINE', 'INFORMAL', 'EMAIL', 'MEETING');

-- CreateEnum
CREATE TYPE "meeting_status" AS ENUM ('PLANNED', 'HELD', 'CANCELLED');

-- CreateEnum
CREATE TYPE "mood" AS ENUM ('GOOD', 'NEUTRAL', 'BAD');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "manager_id" TEXT,
    "language" TEXT,
    "time_zone" TEXT,
    "currency" TEXT,
    "preferred_chat" "platform",
    "active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identities" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "platform" "platform" NOT NULL,
    "workspace" TEXT NOT NULL DEFAULT '',
    "external_id" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link_codes" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "link_codes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link_attempts" (
    "platform" "platform" NOT NULL,
    "external_id" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "link_attempts_pkey" PRIMARY KEY ("platform","external_id")
);

-- CreateTable
CREATE TABLE "absences" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "substitute_id" TEXT NOT NULL,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,

    CONSTRAINT "absences_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "tier" "tier",
    "owner_id" TEXT,
    "delegation_level" "delegation_level",
    "parent_id" TEXT,
    "sector" TEXT,
    "location" TEXT,
    "website" TEXT,
    "employees" INTEGER,
    "founded_year" INTEGER,
    "client_revenue" DECIMAL(18,2),
    "client_revenue_currency" TEXT,
    "goals" TEXT,
    "needs" TEXT,
    "competitors" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_names" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "kind" "account_name_kind" NOT NULL,
    "text" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "account_names_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account_team_members" (
    "account_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "account_team_members_pkey" PRIMARY KEY ("account_id","user_id")
);

-- CreateTable
CREATE TABLE "contacts" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "position" TEXT,
    "email" TEXT,
    "phone" TEXT,
    "language" TEXT,
    "influence" "influence",
    "attitude" "attitude",

    CONSTRAINT "contacts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "products" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "name" TEXT NOT NULL,
    "product_group" TEXT,
    "list_price" DECIMAL(18,2),
    "currency" TEXT NOT NULL,

    CONSTRAINT "products_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "deals" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT NOT NULL,
    "owner_id" TEXT,
    "product_id" TEXT,
    "title" TEXT,
    "stage" TEXT NOT NULL,
    "outcome" "deal_outcome" NOT NULL,
    "amount" DECIMAL(18,2),
    "currency" TEXT NOT NULL,
    "opened_on" DATE,
    "expected_on" DATE,
    "closed_on" DATE,

    CONSTRAINT "deals_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invoices" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "issued_on" DATE NOT NULL,
    "due_on" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "paid_amount" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "paid_on" DATE,
    "currency" TEXT NOT NULL,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contracts" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT NOT NULL,
    "number" TEXT NOT NULL,
    "title" TEXT,
    "starts_on" DATE,
    "ends_on" DATE,
    "auto_renews" BOOLEAN NOT NULL DEFAULT false,
    "amount" DECIMAL(18,2),
    "currency" TEXT NOT NULL,

    CONSTRAINT "contracts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "targets" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT,
    "user_id" TEXT,
    "starts_on" DATE NOT NULL,
    "ends_on" DATE NOT NULL,
    "amount" DECIMAL(18,2) NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "targets_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meetings" (
    "id" TEXT NOT NULL,
    "external_id" TEXT,
    "account_id" TEXT NOT NULL,
    "author_id" TEXT,
    "kind" "meeting_kind" NOT NULL,
    "status" "meeting_status" NOT NULL,
    "day" DATE NOT NULL,
    "starts_at" TIMESTAMPTZ(3),
    "mood" "mood",
    "notes" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "meetings_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "meeting_attendees" (
    "meeting_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "contact_id" TEXT,

    CONSTRAINT "meeting_attendees_pkey" PRIMARY KEY ("meeting_id","name")
);

-- CreateTable
CREATE TABLE "inbound_updates" (
    "platform" "platform" NOT NULL,
    "key" TEXT NOT NULL,
    "chat" TEXT NOT NULL DEFAULT '',
    "payload" JSONB,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbound_updates_pkey" PRIMARY KEY ("platform","key")
);

-- CreateTable
CREATE TABLE "dialogues" (
    "platform" "platform" NOT NULL,
    "chat" TEXT NOT NULL,
    "state" JSONB NOT NULL,
    "last_key" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "dialogues_pkey" PRIMARY KEY ("platform","chat")
);

-- CreateTable
CREATE TABLE "button_tokens" (
    "id" TEXT NOT NULL,
    "platform" "platform" NOT NULL,
    "owner" TEXT NOT NULL,
    "command" TEXT NOT NULL,
    "args" JSONB NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "button_tokens_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entries" (
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" TEXT,
    "on_behalf_of" TEXT,
    "channel" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "prev_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "facts" (
    "name" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "facts_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_external_id_key" ON "users"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE INDEX "users_manager_id_idx" ON "users"("manager_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_platform_workspace_external_id_key" ON "identities"("platform", "workspace", "external_id");

-- CreateIndex
CREATE UNIQUE INDEX "identities_user_id_platform_key" ON "identities"("user_id", "platform");

-- CreateIndex
CREATE UNIQUE INDEX "link_codes_code_hash_key" ON "link_codes"("code_hash");

-- CreateIndex
CREATE INDEX "link_codes_user_id_created_at_idx" ON "link_codes"("user_id", "created_at");

-- CreateIndex
CREATE INDEX "absences_substitute_id_ends_on_idx" ON "absences"("substitute_id", "ends_on");

-- CreateIndex
CREATE INDEX "absences_user_id_idx" ON "absences"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_external_id_key" ON "accounts"("external_id");

-- CreateIndex
CREATE INDEX "accounts_owner_id_idx" ON "accounts"("owner_id");

-- CreateIndex
CREATE INDEX "accounts_parent_id_idx" ON "accounts"("parent_id");

-- CreateIndex
CREATE INDEX "account_names_key_idx" ON "account_names"("key");

-- CreateIndex
CREATE INDEX "account_names_key_trigrams" ON "account_names" USING GIN ("key" gin_trgm_ops);

-- CreateIndex
CREATE UNIQUE INDEX "account_names_account_id_kind_text_key" ON "account_names"("account_id", "kind", "text");

-- CreateIndex
CREATE INDEX "account_team_members_user_id_idx" ON "account_team_members"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "contacts_external_id_key" ON "contacts"("external_id");

-- CreateIndex
CREATE INDEX "contacts_account_id_idx" ON "contacts"("account_id");

-- CreateIndex
CREATE UNIQUE INDEX "products_external_id_key" ON "products"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "deals_external_id_key" ON "deals"("external_id");

-- CreateIndex
CREATE INDEX "deals_account_id_outcome_closed_on_idx" ON "deals"("account_id", "outcome", "closed_on");

-- CreateIndex
CREATE INDEX "deals_owner_id_idx" ON "deals"("owner_id");

-- CreateIndex
CREATE INDEX "deals_product_id_idx" ON "deals"("product_id");

-- CreateIndex
CREATE UNIQUE INDEX "invoices_external_id_key" ON "invoices"("external_id");

-- CreateIndex
CREATE INDEX "invoices_account_id_due_on_idx" ON "invoices"("account_id", "due_on");

-- CreateIndex
CREATE UNIQUE INDEX "contracts_external_id_key" ON "contracts"("external_id");

-- CreateIndex
CREATE INDEX "contracts_account_id_ends_on_idx" ON "contracts"("account_id", "ends_on");

-- CreateIndex
CREATE UNIQUE INDEX "targets_external_id_key" ON "targets"("external_id");

-- CreateIndex
CREATE INDEX "targets_account_id_starts_on_idx" ON "targets"("account_id", "starts_on");

-- CreateIndex
CREATE INDEX "targets_user_id_starts_on_idx" ON "targets"("user_id", "starts_on");

-- CreateIndex
CREATE UNIQUE INDEX "meetings_external_id_key" ON "meetings"("external_id");

-- CreateIndex
CREATE INDEX "meetings_account_id_status_day_idx" ON "meetings"("account_id", "status", "day");

-- CreateIndex
CREATE INDEX "meetings_author_id_idx" ON "meetings"("author_id");

-- CreateIndex
CREATE INDEX "meeting_attendees_contact_id_idx" ON "meeting_attendees"("contact_id");

-- CreateIndex
CREATE INDEX "inbound_updates_received_at_idx" ON "inbound_updates"("received_at");

-- CreateIndex
CREATE INDEX "button_tokens_expires_at_idx" ON "button_tokens"("expires_at");

-- AddForeignKey
ALTER TABLE "users" ADD CONSTRAINT "users_manager_id_fkey" FOREIGN KEY ("manager_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absences" ADD CONSTRAINT "absences_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absences" ADD CONSTRAINT "absences_substitute_id_fkey" FOREIGN KEY ("substitute_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "accounts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_names" ADD CONSTRAINT "account_names_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_team_members" ADD CONSTRAINT "account_team_members_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_team_members" ADD CONSTRAINT "account_team_members_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contacts" ADD CONSTRAINT "contacts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deals" ADD CONSTRAINT "deals_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contracts" ADD CONSTRAINT "contracts_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "targets" ADD CONSTRAINT "targets_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "accounts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meetings" ADD CONSTRAINT "meetings_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_attendees" ADD CONSTRAINT "meeting_attendees_meeting_id_fkey" FOREIGN KEY ("meeting_id") REFERENCES "meetings"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "meeting_attendees" ADD CONSTRAINT "meeting_attendees_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contacts"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma's schema language cannot say.

-- Keys are compared byte by byte; only so does a plain index serve LIKE 'prefix%'.
ALTER TABLE "account_names" ALTER COLUMN "key" TYPE TEXT COLLATE "C";

ALTER TABLE "users" ADD CONSTRAINT "users_email_lower_case" CHECK ("email" = lower("email"));
ALTER TABLE "users" ADD CONSTRAINT "users_not_own_manager" CHECK ("manager_id" IS DISTINCT FROM "id");
ALTER TABLE "absences" ADD CONSTRAINT "absences_in_order" CHECK ("starts_on" <= "ends_on" AND "user_id" <> "substitute_id");
ALTER TABLE "targets" ADD CONSTRAINT "targets_in_order" CHECK ("starts_on" <= "ends_on");
ALTER TABLE "targets" ADD CONSTRAINT "targets_for_one" CHECK (num_nonnulls("account_id", "user_id") = 1);

-- The audit log. Every insert is numbered and chained here, so no writer can forget it; nothing is ever changed or removed.
CREATE FUNCTION "audit_entry_text"(entry "audit_entries") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT concat_ws(chr(31), entry."seq", to_char(entry."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
    coalesce(entry."actor_id", '-'), coalesce(entry."on_behalf_of", '-'), entry."channel", entry."action", entry."subject",
    coalesce(entry."before"::text, '-'), coalesce(entry."after"::text, '-'), entry."prev_hash")
$$;

CREATE FUNCTION "audit_entry_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last "audit_entries";
BEGIN
  -- One writer at a time until its commit, or two entries would follow the same one.
  PERFORM pg_advisory_xact_lock(hashtext('audit_entries'));
  SELECT * INTO last FROM "audit_entries" ORDER BY "seq" DESC LIMIT 1;
  NEW."seq" := coalesce(last."seq", 0) + 1;
  NEW."prev_hash" := coalesce(last."hash", '');
  NEW."hash" := encode(sha256(convert_to("audit_entry_text"(NEW), 'UTF8')), 'hex');
  RETURN NEW;
END
$$;

CREATE FUNCTION "audit_entry_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END
$$;

CREATE TRIGGER "audit_entries_chain" BEFORE INSERT ON "audit_entries"
  FOR EACH ROW EXECUTE FUNCTION "audit_entry_chain"();
CREATE TRIGGER "audit_entries_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_entries"
  FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_refuse"();
