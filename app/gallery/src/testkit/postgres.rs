//! A PostgreSQL cluster in a temporary folder, started once a test process, gone with it.

use crate::Error;
use sea_orm::{ConnectionTrait, Database};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Starts a cluster, prints its port when it answers, and ends it when standard input ends: when this process does,
/// however it does. `initdb` refuses root, so root becomes `postgres` first.
const SCRIPT: &str = r#"
set -eu
bin=$1 port=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/guildhall-postgres.XXXXXX")
"$bin/initdb" --pgdata "$folder/data" --auth trust --username guildhall --no-sync --encoding UTF8 --locale C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"$bin/postgres" -D "$folder/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=500 -c shared_buffers=64MB >"$folder/log" 2>&1 &
server=$!
trap 'kill -QUIT $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 300); do
    "$bin/pg_isready" -q -h 127.0.0.1 -p "$port" && break
    kill -0 $server 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done
echo ready
cat >/dev/null
"#;

struct Cluster {
    port: u16,
    /// Its standard input stays open for as long as this process lives.
    _child: Child,
}

static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The address of a new, empty database.
pub(super) async fn fresh_database() -> Result<String, Error> {
    let port = match CLUSTER.get_or_init(start) {
        Ok(cluster) => cluster.port,
        Err(problem) => return Err(Error::internal(problem.clone())),
    };
    create(&format!("postgres://guildhall@127.0.0.1:{port}"), "").await
}

/// The address of a new database with all that is in another one, to which nobody is connected.
pub(super) async fn copy_of(url: &str) -> Result<String, Error> {
    let (server, name) = parts(url)?;
    create(server, &format!(" TEMPLATE {name}")).await
}

/// Removes a database.
pub(super) async fn remove(url: &str) -> Result<(), Error> {
    let (server, name) = parts(url)?;
    run(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await
}

async fn create(server: &str, how: &str) -> Result<String, Error> {
    let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
    run(server, &format!("CREATE DATABASE {name}{how}")).await?;
    Ok(format!("{server}/{name}"))
}

async fn run(server: &str, statement: &str) -> Result<(), Error> {
    let connection = Database::connect(crate::database::options(&format!("{server}/postgres"))).await?;
    connection.execute_unprepared(statement).await?;
    connection.close().await?;
    Ok(())
}

fn parts(url: &str) -> Result<(&str, &str), Error> {
    url.rsplit_once('/')
        .ok_or_else(|| Error::internal("no database in the address"))
}

fn start() -> Result<Cluster, String> {
    let bin =
        programs().ok_or("PostgreSQL's programs are in none of the usual places; name them in GUILDHALL_PG_BIN")?;
    let port = TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .map_err(|error| error.to_string())?
        .port();
    let root = Command::new("id")
        .arg("-u")
        .output()
        .is_ok_and(|output| output.stdout.starts_with(b"0\n"));
    let mut command = if root {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "bash"]);
        command
    } else {
        Command::new("bash")
    };
    let mut child = command
        .args(["-c", SCRIPT, "postgres", &bin, &port.to_string()])
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("PostgreSQL cannot be started: {error}"))?;
    let mut line = String::new();
    if let Some(output) = child.stdout.take() {
        BufReader::new(output)
            .read_line(&mut line)
            .map_err(|error| error.to_string())?;
    }
    if line.trim() == "ready" {
        Ok(Cluster { port, _child: child })
    } else {
        Err("PostgreSQL did not start; its log is above".to_owned())
    }
}

/// The folder of `initdb` and `postgres`: as told, or the newest of Debian's.
#[expect(clippy::disallowed_methods, reason = "a test's own setting, read nowhere else")]
fn programs() -> Option<String> {
    if let Ok(told) = std::env::var("GUILDHALL_PG_BIN") {
        return Some(told);
    }
    let mut versions: Vec<_> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(Result::ok)
        .collect();
    versions.sort_by_key(|entry| entry.file_name().to_string_lossy().parse::<u32>().unwrap_or(0));
    Some(versions.last()?.path().join("bin").to_string_lossy().into_owned())
}
