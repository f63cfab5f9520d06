/// Tests of the partition keys.
@NullMarked
package dev.tocsin.engine.partition;

import org.jspecify.annotations.NullMarked;
