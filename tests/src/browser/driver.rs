//! Starts a browser through its driver, and ends both whatever happens.

use std::future::Future;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

use super::command;
use crate::place;

/// How long anything on the page may take: much longer than it does.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks at the page.
const PACE: Duration = Duration::from_millis(25);

/// One browser with one window; cloned handles are of the same one.
#[derive(Clone, Debug)]
pub struct Browser {
    /// For what has no method here.
    pub client: Client,
}

/// Runs `test` in a browser of its own. When it fails, a picture of the window is kept under `name`.
///
/// Nothing runs, after saying so loudly, on a machine without a browser.
pub fn in_browser<F, T>(name: &str, test: F)
where
    F: FnOnce(Browser) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let Some(binary) = browser_binary() else {
        return place::skipped("no Chromium or chromedriver here (.ci/setup.sh browser)");
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let driver = Driver::start();
        let browser = Browser::open(&driver, &binary).await;
        let outcome = tokio::spawn(test(browser.clone())).await;
        if outcome.is_err() {
            browser.keep_picture(&format!("failed/{name}.png")).await;
        }
        drop(browser);
        drop(driver);
        if let Err(failure) = outcome {
            std::panic::resume_unwind(failure.into_panic());
        }
    });
}

/// The browser that `make` found, or the one on the path.
fn browser_binary() -> Option<String> {
    let named = std::env::var("POSTERN_BROWSER")
        .ok()
        .filter(|name| !name.is_empty());
    let binary = named.or_else(|| on_path("chromium-headless-shell"));
    binary
        .or_else(|| on_path("chromium"))
        .filter(|_| on_path("chromedriver").is_some())
        .map(|binary| behind_wrapper(&binary).unwrap_or(binary))
}

/// The program behind Debian's shell script of the same name: the driver ends the process that it started, and the
/// script would leave the browser itself running.
fn behind_wrapper(binary: &str) -> Option<String> {
    let name = Path::new(binary).file_name()?;
    let program = Path::new("/usr/lib/chromium").join(name);
    program.exists().then(|| program.display().to_string())
}

fn on_path(program: &str) -> Option<String> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.exists())
        .map(|file| file.display().to_string())
}

/// A running chromedriver.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    /// Starts one on a free port. Two that start at once may choose the same port, and one of them then gives up: it
    /// is started again.
    fn start() -> Self {
        (0..10)
            .find_map(|_| Self::try_start())
            .expect("chromedriver starts and says its port")
    }

    fn try_start() -> Option<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        // "ChromeDriver was started successfully on port 43210."
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let Some(port) = port else {
            let _ = child.wait();
            return None;
        };
        // Whatever else it says must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        Some(Self {
            child,
            address: format!("127.0.0.1:{port}"),
        })
    }
}

impl Driver {
    /// Asks it to end its browsers and itself. Killed at once it would leave them behind.
    fn shut_down(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        stream
            .write_all(b"GET /shutdown HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }

    /// Whether it ended within some seconds.
    fn has_ended(&mut self) -> bool {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(5) {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return true;
            }
            std::thread::sleep(PACE);
        }
        false
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.shut_down();
        if !self.has_ended() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Browser {
    async fn open(driver: &Driver, binary: &str) -> Self {
        let mut arguments = vec![
            // As root there is no sandbox; nothing but our own page is opened.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--window-size=1280,800",
            "--lang=en-US",
            "--force-color-profile=srgb",
            "--hide-scrollbars",
            // The world outside does not exist: public resolvers fail at once, and nobody is called.
            "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
        ];
        if !binary.ends_with("headless-shell") {
            arguments.push("--headless=new");
        }
        let options = json!({ "binary": binary, "args": arguments });
        let capabilities = Map::from_iter([
            ("browserName".to_owned(), json!("chrome")),
            ("goog:chromeOptions".to_owned(), options),
        ]);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://{}", driver.address))
            .await
            .expect("a browser session");
        Self { client }
    }

    /// Goes to an address.
    pub async fn goto(&self, url: &str) {
        self.client.goto(url).await.expect("an address to go to");
    }

    /// What a script returns.
    pub async fn run(&self, script: &str) -> Value {
        self.run_with(script, vec![]).await
    }

    /// What a script returns that is given arguments.
    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        self.client
            .execute(script, arguments)
            .await
            .unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    /// Waits until an expression is true, and panics with what the page shows when it never is.
    pub async fn wait_until(&self, expression: &str) {
        let began = Instant::now();
        let script = format!("return !!({expression})");
        while self.run(&script).await != true {
            if began.elapsed() > PATIENCE {
                let text = self.run("return document.body.innerText").await;
                panic!("never came true: {expression}\nThe page says:\n{text}");
            }
            tokio::time::sleep(PACE).await;
        }
    }

    /// Says something in the browser's own protocol (Chrome DevTools Protocol).
    pub async fn command(&self, name: &'static str, parameters: Value) -> Value {
        let command = command::DevTools { name, parameters };
        self.client
            .issue_cmd(command)
            .await
            .unwrap_or_else(|error| panic!("{error} from {name}"))
    }

    /// Keeps a picture of the window.
    pub async fn keep_picture(&self, name: &str) {
        if let Ok(picture) = self.client.screenshot().await {
            std::fs::write(place::artefact(name), picture).expect("a picture kept");
        }
    }
}
