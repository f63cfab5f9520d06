/// What series are called, once for the whole process: every label and every label set has a
/// number, and its text is kept once, as bytes.
@NullMarked
package dev.tocsin.model.names;

import org.jspecify.annotations.NullMarked;
