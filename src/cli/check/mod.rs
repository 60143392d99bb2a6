//! `feedwright check`.

mod fix;
mod site;

use crate::error::Error;

use super::args::CheckArgs;
use super::render::Renderer;

pub(super) fn run(args: &CheckArgs, renderer: &Renderer) -> Result<u8, Error> {
    site::run(args, renderer)
}
