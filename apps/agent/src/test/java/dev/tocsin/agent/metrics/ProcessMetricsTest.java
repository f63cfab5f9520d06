package dev.tocsin.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tocsin.world.World;
import dev.tocsin.world.real.RealWorld;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class ProcessMetricsTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void thisProcessIsRead() {
    try (World world = RealWorld.open()) {
      List<MetricFamily> families = new ProcessMetrics(world.disk(), 1500).families();
      Map<String, Double> values =
          families.stream()
              .collect(
                  Collectors.toMap(
                      MetricFamily::name, family -> family.samples().getFirst().value()));
      assertThat(values).containsEntry("process_start_time_seconds", 1.5);
      assertThat(values.get("process_threads")).isGreaterThan(1);
      assertThat(values.get("process_cpu_seconds_total")).isPositive();
      // A JVM with a heap: no less than 16 MB, and no more than the largest of machines.
      assertThat(values.get("process_resident_memory_bytes")).isBetween(16e6, 1e13);
    }
  }
}
