/// Tests of all of PromQL together.
@NullMarked
package dev.tocsin.promql;

import org.jspecify.annotations.NullMarked;
