#!/bin/sh
# Of compose.yaml's primary, when its volume is new: the users beside the owner, and who may replicate.
set -eu
psql --username polyclinic --dbname polyclinic --set=ON_ERROR_STOP=1 \
    --set=web="$WEB_PASSWORD" --set=replica="$REPLICA_PASSWORD" <<'SQL'
CREATE ROLE polyclinic_web LOGIN PASSWORD :'web';
CREATE ROLE polyclinic_replica LOGIN REPLICATION PASSWORD :'replica';
SELECT pg_create_physical_replication_slot('replica');
SQL
echo "host replication polyclinic_replica all scram-sha-256" >>"$PGDATA/pg_hba.conf"
