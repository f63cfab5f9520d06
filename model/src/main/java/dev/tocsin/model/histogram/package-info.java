/// A native histogram and what can be done with it.
@NullMarked
package dev.tocsin.model.histogram;

import org.jspecify.annotations.NullMarked;
