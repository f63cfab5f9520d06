/// What moves: slabs of samples, and the definitions of the series they refer to.
@NullMarked
package dev.tocsin.model.batch;

import org.jspecify.annotations.NullMarked;
