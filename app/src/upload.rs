//! Packages on their way in: dropped, reviewed, published.

mod discard;
mod drop_area;
mod item;
pub(crate) mod page;
mod publish;
mod publish_form;
mod published;
mod read;
mod refused;
mod review;
mod transfer;
mod uploads;
