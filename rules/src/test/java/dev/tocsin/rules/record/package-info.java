/// Tests of recording rules.
@NullMarked
package dev.tocsin.rules.record;

import org.jspecify.annotations.NullMarked;
