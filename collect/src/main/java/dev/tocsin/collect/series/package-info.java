/// What the receivers of samples share: the labels of a series and what may be wrong with them,
/// what was refused and why, the memory of all bodies together, and the answers.
@NullMarked
package dev.tocsin.collect.series;

import org.jspecify.annotations.NullMarked;
