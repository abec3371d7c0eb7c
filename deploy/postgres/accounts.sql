-- Once, when the database is created. The owner migrates and grants; web, workers and beat use the other.
CREATE ROLE portal_owner LOGIN;
CREATE ROLE portal LOGIN;
ALTER DATABASE portal OWNER TO portal_owner;
