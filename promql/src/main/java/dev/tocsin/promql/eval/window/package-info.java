/// Functions of range vectors: a number from the samples of one series in one window.
@NullMarked
package dev.tocsin.promql.eval.window;

import org.jspecify.annotations.NullMarked;
