//! A server that does what its script says, right or wrong, and remembers everything. It never writes to disk.

use std::collections::BTreeMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::Value;

use crate::batch::Batch;
use crate::http::{self, Connection, Head};
use crate::reply::{self, Drop as Broken, Reply};
use crate::seen::{Request, Seen};

/// A listening server; dropped, it closes everything.
pub struct Scripted {
    address: SocketAddr,
    shared: Arc<Shared>,
    open: Option<Open>,
}

/// What ends with `stop`.
struct Open {
    stopping: Arc<AtomicBool>,
    listener: JoinHandle<()>,
}

#[derive(Default)]
struct Shared {
    script: Mutex<Vec<Reply>>,
    seen: Mutex<Seen>,
    sockets: Mutex<BTreeMap<u64, TcpStream>>,
}

impl Scripted {
    /// Listens on a free port of 127.0.0.1.
    pub fn start(script: Vec<Reply>) -> io::Result<Self> {
        let shared = Arc::new(Shared { script: Mutex::new(script), ..Shared::default() });
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let address = listener.local_addr()?;
        let open = Some(Open::on(listener, &shared));
        Ok(Self { address, shared, open })
    }

    /// Where the client shall send.
    pub fn endpoint(&self) -> String {
        format!("http://{}/api/logs", self.address)
    }

    /// Replaces what is left of the script.
    pub fn script(&self, script: Vec<Reply>) {
        *lock(&self.shared.script) = script;
    }

    /// What was seen until now.
    pub fn seen(&self) -> MutexGuard<'_, Seen> {
        lock(&self.shared.seen)
    }

    /// Closes the port and every connection.
    pub fn stop(&mut self) {
        let Some(open) = self.open.take() else { return };
        open.stopping.store(true, Ordering::SeqCst);
        // The connection only wakes the listener up, so that it sees the flag.
        drop(TcpStream::connect(self.address));
        drop(open.listener.join());
        for socket in lock(&self.shared.sockets).values() {
            drop(socket.shutdown(Shutdown::Both));
        }
    }

    /// Opens the same port again.
    pub fn resume(&mut self) -> io::Result<()> {
        if self.open.is_none() {
            self.open = Some(Open::on(TcpListener::bind(self.address)?, &self.shared));
        }
        Ok(())
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Open {
    fn on(listener: TcpListener, shared: &Arc<Shared>) -> Self {
        let stopping = Arc::new(AtomicBool::new(false));
        let (flag, shared) = (stopping.clone(), shared.clone());
        let listener = thread::spawn(move || {
            while let Ok((socket, _)) = listener.accept() {
                if flag.load(Ordering::SeqCst) {
                    break;
                }
                shared.greet(socket);
            }
        });
        Self { stopping, listener }
    }
}

impl Shared {
    fn greet(self: &Arc<Self>, socket: TcpStream) {
        drop(socket.set_nodelay(true));
        let number = lock(&self.seen).connect();
        if let Ok(copy) = socket.try_clone() {
            lock(&self.sockets).insert(number, copy);
        }
        let shared = self.clone();
        thread::spawn(move || {
            let mut connection = Connection::new(socket);
            // An error here is the client's going away, or the script's wish.
            while let Ok(true) = shared.serve(&mut connection, number) {}
            lock(&shared.sockets).remove(&number);
        });
    }

    /// One request and its answer; `false` ends the connection.
    fn serve(&self, connection: &mut Connection, number: u64) -> io::Result<bool> {
        let Some(head) = connection.read_head()? else { return Ok(false) };
        let unread = lock(&self.script).first().is_some_and(|r| r.drop == Some(Broken::Unread));
        if unread {
            lock(&self.script).remove(0);
            return Ok(false);
        }
        let body = connection.read_body(&head)?;
        let batch = decode(&head, &body).and_then(|bytes| Batch::read(&bytes));
        let mut request = Request::new(&head, body.len(), number, batch);
        let reply = reply::choose(&mut lock(&self.script), &request.json());
        let (status, headers, body) = reply.answer(request.first_seq(), request.last_seq());
        request.status = if reply.hang || reply.drop.is_some() { 0 } else { status };
        let index = lock(&self.seen).arrive(request);
        let alive = self.respond(connection, &reply, index, &http::answer(status, &headers, &body));
        lock(&self.seen).depart();
        alive
    }

    fn respond(
        &self,
        connection: &mut Connection,
        reply: &Reply,
        index: usize,
        answer: &[u8],
    ) -> io::Result<bool> {
        if reply.hang {
            connection.wait_for_client();
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(reply.delay_ms));
        if reply.stores() {
            lock(&self.seen).keep(index, reply);
        }
        match reply.drop {
            Some(Broken::Reset) => connection.reset_on_close(),
            Some(Broken::Half) => connection.send(&answer[..answer.len() / 2], None)?,
            Some(_) => {}
            None => {
                connection.send(answer, reply.trickle_ms.map(Duration::from_millis))?;
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// The body without its Content-Encoding.
fn decode(head: &Head, body: &[u8]) -> Result<Vec<u8>, String> {
    let decoded = match head.header("content-encoding") {
        "" | "identity" => Ok(body.to_vec()),
        "zstd" => zstd::decode_all(body),
        "gzip" => {
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut flate2::read::GzDecoder::new(body), &mut bytes)
                .map(|_| bytes)
        }
        other => return Err(format!("Content-Encoding {other} is not in spec/wire.md")),
    };
    decoded.map_err(|error| format!("the body does not decode: {error}"))
}

/// A test that panicked while it held the lock has failed anyway; the data is still whole.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a script from JSON.
pub fn script(value: &Value) -> Result<Vec<Reply>, String> {
    let list = if value.is_null() { Value::Array(Vec::new()) } else { value.clone() };
    serde_json::from_value(list).map_err(|error| format!("the server's script: {error}"))
}
