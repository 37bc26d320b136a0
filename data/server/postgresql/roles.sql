-- roles.sql: who owns the server's tables, and who uses them; once a cluster, as its superuser
-- SPDX-License-Identifier: GPL-3.0-or-later

-- Nobody signs in as the owner: an administrator of the cluster acts as it to change the tables.
CREATE ROLE amends_owner NOLOGIN NOINHERIT;

-- The processes of the server. It owns nothing; the files schema-NNN.sql say what it may.
CREATE ROLE amends LOGIN NOINHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
