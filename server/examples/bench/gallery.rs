//! A release build of the binary with a data folder of its own, measured from outside.

use super::load::{Ask, Connection};
use super::measure::Result;
use http::{HeaderValue, Method, header};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running server; ended when dropped.
pub(crate) struct Running {
    pub(crate) address: String,
    pub(crate) folder: TempDir,
    pub(crate) started_in: Duration,
    child: Child,
}

impl Running {
    /// Runs commands on a fresh data folder, then serves it.
    pub(crate) async fn start(commands: &[&[&str]]) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let address = format!("127.0.0.1:{port}");
        for arguments in commands {
            run(&folder, &address, arguments)?;
        }
        let begin = Instant::now();
        let child = command(&folder, &address)
            .arg("serve")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let mut running = Self {
            address,
            folder,
            started_in: Duration::ZERO,
            child,
        };
        while begin.elapsed() < Duration::from_secs(60) {
            if let Ok(mut connection) = Connection::open(&running.address).await
                && connection.ask(&Ask::get("/health/ready")).await.is_ok()
            {
                running.started_in = begin.elapsed();
                return Ok(running);
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        Err("the server did not become ready".into())
    }

    /// Runs a command next to the running server; gives its standard output.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<String> {
        run(&self.folder, &self.address, arguments)
    }

    /// Resident memory in KiB.
    pub(crate) fn memory(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status
            .lines()
            .find(|line| line.starts_with("VmRSS:"))
            .ok_or("no VmRSS")?;
        Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
    }

    /// Signs in through the development identity; gives the cookies as one header.
    pub(crate) async fn sign_in(&self, name: &str, email: &str) -> Result<HeaderValue> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let base = format!("http://{}", self.address);
        let mut jar: Vec<(String, String)> = Vec::new();
        let form = [("return", "/")];
        let mut answer = client
            .post(format!("{base}/sign-in/development"))
            .form(&form)
            .send()
            .await?;
        for _ in 0..12 {
            for cookie in answer.headers().get_all(header::SET_COOKIE) {
                let pair = cookie.to_str()?.split(';').next().unwrap_or_default();
                let (key, value) = pair.split_once('=').ok_or("a cookie without =")?;
                jar.retain(|(known, _)| known != key);
                jar.push((key.to_owned(), value.to_owned()));
            }
            let cookies = jar
                .iter()
                .map(|(key, value)| format!("{key}={value}"))
                .collect::<Vec<_>>()
                .join("; ");
            if let Some(location) = answer.headers().get(header::LOCATION) {
                let location = location.to_str()?;
                if location == "/" {
                    return Ok(HeaderValue::from_str(&cookies)?);
                }
                let url = reqwest::Url::parse(&base)?.join(location)?;
                answer = client.get(url).header(header::COOKIE, &cookies).send().await?;
                continue;
            }
            // The page of the development identity: its form is sent back with what it holds.
            let url = answer.url().clone();
            let page = answer.text().await?;
            let mut fields = hidden_fields(&page);
            fields.extend(
                [("name", name), ("email", email), ("verified", "on")].map(|(k, v)| (k.to_owned(), v.to_owned())),
            );
            let target = attribute(&page, "<form", "action").unwrap_or_else(|| url.path().to_owned());
            answer = client
                .request(Method::POST, url.join(&target)?)
                .header(header::COOKIE, &cookies)
                .header(header::ORIGIN, &base)
                .form(&fields)
                .send()
                .await?;
        }
        Err("signing in did not end".into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(folder: &TempDir, address: &str) -> Command {
    let mut command = Command::new(std::env::args().nth(1).unwrap_or_else(|| "guildhall".to_owned()));
    command
        .current_dir(folder.path())
        .env("LEPTOS_SITE_ADDR", address)
        .env("GUILDHALL_DATA_DIR", folder.path().join("data"))
        .env("GUILDHALL_LOG", "warn");
    command
}

fn run(folder: &TempDir, address: &str, arguments: &[&str]) -> Result<String> {
    let output = command(folder, address).args(arguments).output()?;
    if output.status.success() {
        Ok(String::from_utf8(output.stdout)?)
    } else {
        Err(format!("guildhall {arguments:?}: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

fn hidden_fields(page: &str) -> Vec<(String, String)> {
    page.split("<input")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(|tag| tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?)))
        .collect()
}

fn attribute(page: &str, tag: &str, name: &str) -> Option<String> {
    value(page.split_once(tag)?.1.split('>').next()?, name)
}

fn value(tag: &str, name: &str) -> Option<String> {
    let rest = tag.split_once(&format!("{name}=\""))?.1;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
