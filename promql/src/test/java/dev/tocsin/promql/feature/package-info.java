/// Tests of the features.
@NullMarked
package dev.tocsin.promql.feature;

import org.jspecify.annotations.NullMarked;
