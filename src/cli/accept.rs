//! `feedwright accept`: what the guard holds is published.

use feedwright_base::error::Error;

use super::args::AcceptArgs;
use super::build;
use super::render::Renderer;

pub(super) fn run(args: AcceptArgs, renderer: &Renderer) -> Result<u8, Error> {
    let (run, options) = args.run();
    build::publish(&run, &options, None, None, renderer)
}
