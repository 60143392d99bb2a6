//! Stub.

use super::super::context::Context;
use super::super::rule::rules;
use super::super::schema::Child;
use super::super::tree::Element;

rules! {}

pub(in crate::check) static FEED: &[Child] = &[];
pub(in crate::check) static ENTRY: &[Child] = &[];
pub(in crate::check) fn feed(_: &Element, _: &mut Context<'_>) {}
pub(in crate::check) fn entry(_: &Element, _: &mut Context<'_>) {}
