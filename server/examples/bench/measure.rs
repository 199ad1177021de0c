//! The measurements, and the limits they are held against.

use super::gallery::Running;
use super::load::{Ask, Connection, throughput};
use bytes::Bytes;
use domain::package::{PackageId, PackageVersion};
use http::{HeaderMap, HeaderValue, Method, header};
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub(crate) type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How often the two sides take turns.
pub(crate) const TURNS: usize = 5;

/// Tells what was measured, with its limit where there is one, and remembers what was above.
#[derive(Default)]
pub(crate) struct Report {
    broken: Vec<String>,
}

impl Report {
    /// A number that is just told.
    pub(crate) fn tell(&mut self, what: &str, value: &str) {
        println!("{what:<62} {value:>14}");
    }

    /// A ratio that must not be above its limit.
    pub(crate) fn at_most(&mut self, what: &str, ratio: f64, limit: f64) {
        let verdict = if ratio <= limit { "ok" } else { "TOO MUCH" };
        println!("{what:<62} {ratio:>14.2}   at most {limit:.2}   {verdict}");
        if ratio > limit {
            self.broken.push(what.to_owned());
        }
    }

    pub(crate) fn verdict(&self) -> Result<()> {
        if self.broken.is_empty() {
            Ok(())
        } else {
            Err(format!("above the limit: {}", self.broken.join("; ")).into())
        }
    }
}

/// The middle one.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The bare peer, ended when dropped.
struct Bare {
    address: String,
    folder: tempfile::TempDir,
    child: Child,
}

impl Bare {
    fn start(answers: &[(&str, &[u8])]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        for (name, bytes) in answers {
            std::fs::write(folder.path().join(name), bytes)?;
        }
        let mut child = Command::new(std::env::current_exe()?)
            .arg("bare")
            .arg(folder.path())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut address = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut address)?;
        Ok(Self {
            address: address.trim().to_owned(),
            folder,
            child,
        })
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = &self.folder;
    }
}

/// From start to ready, and the memory of a server that nobody uses.
pub(crate) async fn start_and_rest(report: &mut Report) -> Result<()> {
    let first = Running::start(&[]).await?;
    report.tell(
        "start to ready, new data folder (ms)",
        &format!("{}", first.started_in.as_millis()),
    );
    let again = Running::start(&[&["migrate"]]).await?;
    report.tell(
        "start to ready, database there (ms)",
        &format!("{}", again.started_in.as_millis()),
    );
    tokio::time::sleep(Duration::from_secs(2)).await;
    report.tell("memory at rest (MiB)", &format!("{}", again.memory()? / 1024));
    Ok(())
}

/// Service index and flat container index against a bare handler that answers the same bytes.
pub(crate) async fn feed_against_bare(report: &mut Report) -> Result<()> {
    let seed = [
        "seed",
        "--accounts",
        "10",
        "--organizations",
        "2",
        "--members",
        "5",
        "--packages",
        "20",
        "--versions",
        "10",
    ];
    let gallery = Running::start(&[&seed]).await?;
    for (what, path, name) in [
        ("service index", "/v3/index.json", "index"),
        (
            "flat container index",
            "/v3/flatcontainer/seed.package.00001/index.json",
            "flat",
        ),
    ] {
        let path = feed_path(&gallery, path).await?;
        let bytes = Connection::open(&gallery.address).await?.ask(&Ask::get(&path)).await?;
        let bare = Bare::start(&[(name, &bytes)])?;
        let mut ratios = Vec::new();
        for _ in 0..TURNS {
            let ours = throughput(&gallery.address, &Ask::get(&path), 16, Duration::from_secs(2)).await?;
            let theirs = throughput(
                &bare.address,
                &Ask::get(format!("/get/{name}")),
                16,
                Duration::from_secs(2),
            )
            .await?;
            ratios.push(theirs / ours);
        }
        report.at_most(
            &format!("{what}: time against a bare handler with the same bytes"),
            median(ratios),
            2.0,
        );
    }
    Ok(())
}

/// The flat container's place is told by the service index.
async fn feed_path(gallery: &Running, path: &str) -> Result<String> {
    let Some(rest) = path.strip_prefix("/v3/flatcontainer/") else {
        return Ok(path.to_owned());
    };
    let index = Connection::open(&gallery.address)
        .await?
        .ask(&Ask::get("/v3/index.json"))
        .await?;
    let index: serde_json::Value = serde_json::from_slice(&index)?;
    let base = index
        .get("resources")
        .and_then(|resources| resources.as_array())
        .and_then(|all| {
            all.iter()
                .find(|one| one.get("@type").is_some_and(|kind| kind == "PackageBaseAddress/3.0.0"))
        })
        .and_then(|one| one.get("@id"))
        .and_then(|id| id.as_str())
        .ok_or("no flat container in the service index")?;
    Ok(format!("{}{rest}", reqwest::Url::parse(base)?.path()))
}

/// A durable push, alone and sixteen at once, against a handler that only writes the same bytes durably.
pub(crate) async fn durable_push(report: &mut Report) -> Result<()> {
    let gallery = Running::start(&[&["account", "create", "bench", "--email", "bench@example.com"]]).await?;
    let key = gallery.run(&[
        "api-key",
        "create",
        "--account",
        "bench",
        "--owner",
        "bench",
        "--scope",
        "push",
        "--glob",
        "*",
        "--expires-days",
        "1",
    ])?;
    let bare = Bare::start(&[])?;
    // Sixteen wait for one another: a version, its owner's trail and its job are on the disk one push after another.
    for (together, limit) in [(1, 12.0), (16, 15.0)] {
        let mut ratios = Vec::new();
        for turn in 0..TURNS {
            let ours = pushes(&gallery.address, together, |number| {
                let id = format!("Bench.Of{together}.Turn{turn}.N{number}");
                push_ask("/api/v2/package", key.trim(), &package(&id))
            })
            .await?;
            let theirs = pushes(&bare.address, together, |number| {
                push_ask("/push", "none", &package(&format!("N{number}")))
            })
            .await?;
            ratios.push(ours / theirs);
        }
        report.at_most(
            &format!("durable push, {together} at once: time against writing the bytes alone"),
            median(ratios),
            limit,
        );
    }
    Ok(())
}

fn package(id: &str) -> Vec<u8> {
    let id = PackageId::parse(id).expect("ids of the benchmark are letters, digits and single dots");
    let version = PackageVersion::parse("1.0.0").expect("three numbers are a version");
    nupkg::build::PackageBuilder::new(&id, &version)
        .description("For the benchmark.")
        .build()
}

fn push_ask(path: &str, key: &str, package: &[u8]) -> Ask {
    let mut body = b"--bench\r\nContent-Disposition: form-data; name=package; filename=package.nupkg\r\n\r\n".to_vec();
    body.extend_from_slice(package);
    body.extend_from_slice(b"\r\n--bench--\r\n");
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("multipart/form-data; boundary=\"bench\""),
    );
    if let Ok(key) = HeaderValue::from_str(key) {
        headers.insert("x-nuget-apikey", key);
    }
    Ask {
        method: Method::PUT,
        path: path.to_owned(),
        headers,
        body: Bytes::from(body),
        status: 201,
    }
}

/// Seconds for 64 pushes, that many at a time.
async fn pushes(address: &str, together: usize, ask: impl Fn(usize) -> Ask) -> Result<f64> {
    let start = Instant::now();
    let mut tasks = Vec::new();
    for lane in 0..together {
        let asks: Vec<Ask> = (0..64 / together).map(|number| ask(lane * 1_000 + number)).collect();
        let address = address.to_owned();
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(&address).await.map_err(|error| error.to_string())?;
            for ask in &asks {
                connection.ask(ask).await.map_err(|error| error.to_string())?;
            }
            Ok::<(), String>(())
        }));
    }
    for task in tasks {
        task.await??;
    }
    Ok(start.elapsed().as_secs_f64())
}
