/// What a load case prints and keeps: tables, percentiles, and what they were measured on.
@NullMarked
package dev.tocsin.bench.report;

import org.jspecify.annotations.NullMarked;
