/// A recorded journal in the terminal: other rules over it, and what is in its folder. Reads, never
/// writes.
@NullMarked
package dev.tocsin.cli.journal;

import org.jspecify.annotations.NullMarked;
