-- The database user of web nodes: reads what public pages are made of, counts taps, nothing else.
-- Run it after every `migrate`, as the owner of the tables or a superuser, as often as you like:
--     psql "$DATABASE_URL" --single-transaction --file deploy/postgres/roles.sql
-- It sets no password: psql's \password polyclinic_web does.

DO $$
BEGIN
    CREATE ROLE polyclinic_web LOGIN;
EXCEPTION
    -- Roles belong to all databases of a server: another one has made it.
    WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

-- Web nodes themselves say how long a statement may take (DATABASE_STATEMENT_SECONDS).
ALTER ROLE polyclinic_web RESET statement_timeout;
ALTER ROLE polyclinic_web RESET lock_timeout;
ALTER ROLE polyclinic_web SET idle_in_transaction_session_timeout = '10s';

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM polyclinic_web;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM polyclinic_web;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO polyclinic_web;

DO $$
DECLARE
    found record;
BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO polyclinic_web', current_database());
    FOR found IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        -- People and how they sign in, drafts and former versions, and the work of the admin.
        CONTINUE WHEN found.tablename ~ concat(
            '^(cms_user|auth_|account_|mfa_|django_(session|admin_log|tasks)|wagtail(admin|users)_',
            '|wagtailcore_(apitoken|revision|.*logentry|comment|group|.*subscription|task|workflow)',
            '|wagtailcore_uploadedfile|clinics_(membership|bulk|factschange|.*suggest|publisher)',
            '|articles_(articleimport|claim|importedfile|review|sectionoffer|safetyack))');
        EXECUTE format('GRANT SELECT ON public.%I TO polyclinic_web', found.tablename);
    END LOOP;
END
$$;

-- A clinic may show a release before the last one. Other revisions are drafts.
ALTER TABLE wagtailcore_revision ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS released ON wagtailcore_revision;
CREATE POLICY released ON wagtailcore_revision FOR SELECT TO polyclinic_web USING (
    EXISTS (SELECT FROM articles_articlerelease WHERE revision_id = wagtailcore_revision.id)
);
GRANT SELECT ON wagtailcore_revision TO polyclinic_web;
-- Whoever reads a revision asks for its comments: web nodes are shown none.
ALTER TABLE wagtailcore_comment ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON wagtailcore_comment TO polyclinic_web;

-- Counters, and of them nothing but the count.
GRANT INSERT, UPDATE (count) ON clinics_tapcount TO polyclinic_web;
