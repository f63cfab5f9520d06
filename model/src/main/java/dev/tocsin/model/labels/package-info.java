/// What names a series: a sorted set of label names and values.
@NullMarked
package dev.tocsin.model.labels;

import org.jspecify.annotations.NullMarked;
