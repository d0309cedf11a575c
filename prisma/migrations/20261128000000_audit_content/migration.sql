-- An entry's hash is made of its content's hash, so that an erasure takes the content and whoever alters the rest is
-- still found. The salt goes with the content: nobody can try out what was there.
ALTER TABLE "audit_entries" ADD COLUMN     "salt" TEXT,
ADD COLUMN     "content_hash" TEXT;

CREATE FUNCTION "audit_content_hash"(entry "audit_entries") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws(chr(31), coalesce(entry."salt", '-'),
    coalesce(entry."before"::text, '-'), coalesce(entry."after"::text, '-')), 'UTF8')), 'hex')
$$;

-- Entries of the version before keep their hash, which `audit_entry_text` makes; this one begins with "v2-". What stands
-- for nobody is no id.
CREATE FUNCTION "audit_entry_hash"(entry "audit_entries") RETURNS text LANGUAGE sql STABLE AS $$
  SELECT 'v2-' || encode(sha256(convert_to(concat_ws(chr(31), entry."seq",
    to_char(entry."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS'),
    coalesce(entry."actor_id", '-'), coalesce(entry."on_behalf_of", '-'), entry."channel", entry."action", entry."subject",
    coalesce(entry."content_hash", '-'), entry."prev_hash"), 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION "audit_entry_chain"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last "audit_entries";
BEGIN
  -- One writer at a time until its commit, or two entries would follow the same one.
  PERFORM pg_advisory_xact_lock(hashtext('audit_entries'));
  SELECT * INTO last FROM "audit_entries" ORDER BY "seq" DESC LIMIT 1;
  NEW."seq" := coalesce(last."seq", 0) + 1;
  NEW."prev_hash" := coalesce(last."hash", '');
  NEW."salt" := gen_random_uuid();
  NEW."content_hash" := "audit_content_hash"(NEW);
  NEW."hash" := "audit_entry_hash"(NEW);
  RETURN NEW;
END
$$;
