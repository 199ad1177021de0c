//! Files on their way to the server: a few at a time, with progress, until they are there or stopped.
//!
//! `fetch` tells no progress of what is sent, so this is the one place with an `XMLHttpRequest`. Requests cannot leave
//! the browser's one thread, where signals may; so they are kept here, and known outside by their numbers.

use super::fetch;
use domain::form::UiError;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// Where packages are sent.
pub(crate) const ADDRESS: &str = "/upload/package";

/// The name of the form's field with the file.
pub(crate) const FIELD: &str = "package";

/// How many files are sent at once; the others wait.
const AT_ONCE: usize = 3;

/// What happens to a file on its way.
pub(crate) enum Step {
    /// So many bytes are sent.
    Sent(u64),
    /// The server answered, or could not be reached.
    Ended(Result<String, UiError>),
}

type Told = Rc<dyn Fn(Step)>;
type OnProgress = Closure<dyn FnMut(ProgressEvent)>;
type OnEnd = Closure<dyn FnMut()>;

/// A file that waits.
struct Waiting {
    number: u32,
    file: File,
    told: Told,
}

/// A file that is being sent, with what listens to it.
struct Running {
    number: u32,
    request: XmlHttpRequest,
    told: Told,
    /// They are called as long as they are kept.
    _on_progress: OnProgress,
    _on_end: OnEnd,
}

impl Drop for Running {
    /// Nobody listens any more; what was under way is broken off.
    fn drop(&mut self) {
        if let Ok(upload) = self.request.upload() {
            upload.set_onprogress(None);
        }
        self.request.set_onloadend(None);
        // It fails for no request.
        drop(self.request.abort());
    }
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    running: Vec<Running>,
}

thread_local! {
    static QUEUE: RefCell<Queue> = RefCell::default();
}

/// Sends a file as soon as there is room; `told` hears of it under no other number.
pub(crate) fn send(number: u32, file: File, told: impl Fn(Step) + 'static) {
    let told: Told = Rc::new(told);
    QUEUE.with_borrow_mut(|queue| queue.waiting.push_back(Waiting { number, file, told }));
    fill_up();
}

/// Stops a file, whether it waits or is on its way. Nothing is heard of it any more.
pub(crate) fn stop(number: u32) {
    drop(take(number));
    QUEUE.with_borrow_mut(|queue| queue.waiting.retain(|file| file.number != number));
    fill_up();
}

/// Stops all files: their page is left.
pub(crate) fn stop_all() {
    drop(QUEUE.take());
}

/// Takes a request out of those that run; it ends when it is dropped, which must not be while the queue is borrowed.
fn take(number: u32) -> Option<Running> {
    QUEUE.with_borrow_mut(|queue| {
        let at = queue.running.iter().position(|file| file.number == number)?;
        Some(queue.running.swap_remove(at))
    })
}

fn fill_up() {
    loop {
        let next = QUEUE.with_borrow_mut(|queue| {
            let room = queue.running.len() < AT_ONCE;
            room.then(|| queue.waiting.pop_front()).flatten()
        });
        let Some(next) = next else { return };
        let told = Rc::clone(&next.told);
        match start(next) {
            Ok(running) => {
                QUEUE.with_borrow_mut(|queue| queue.running.push(running));
                told(Step::Sent(0));
            }
            Err(_) => told(Step::Ended(Err(fetch::unreachable()))),
        }
    }
}

fn start(file: Waiting) -> Result<Running, JsValue> {
    let Waiting { number, file, told } = file;
    let form = FormData::new()?;
    form.append_with_blob_and_filename(FIELD, &file, &file.name())?;
    let request = XmlHttpRequest::new()?;
    request.open_with_async("POST", ADDRESS, true)?;
    request.set_request_header("accept", "application/json")?;
    let progress = OnProgress::new({
        let told = Rc::clone(&told);
        move |event: ProgressEvent| told(Step::Sent(whole(event.loaded())))
    });
    let end = OnEnd::new(move || ended(number));
    request
        .upload()?
        .set_onprogress(Some(progress.as_ref().unchecked_ref()));
    request.set_onloadend(Some(end.as_ref().unchecked_ref()));
    let running = Running {
        number,
        request,
        told,
        _on_progress: progress,
        _on_end: end,
    };
    running.request.send_with_opt_form_data(Some(&form))?;
    Ok(running)
}

fn ended(number: u32) {
    let Some(running) = take(number) else { return };
    let answer = answer(&running.request);
    fill_up();
    (running.told)(Step::Ended(answer));
}

fn answer(request: &XmlHttpRequest) -> Result<String, UiError> {
    let status = request.status().unwrap_or_default();
    let text = request.response_text().ok().flatten().unwrap_or_default();
    match status {
        0 => Err(fetch::unreachable()),
        200..300 => Ok(text),
        _ => Err(fetch::refusal(status, &text)),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of bytes is a whole number that JavaScript has no type for"
)]
fn whole(bytes: f64) -> u64 {
    bytes as u64
}
