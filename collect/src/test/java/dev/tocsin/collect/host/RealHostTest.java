package dev.tocsin.collect.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RealHostTest {
  @Test
  void thisMachineHasTheNumbersRulesAskFor() throws Exception {
    HostRig rig =
        new HostRig(new ReadOnlyDisk(), HostRig.config(Path.of("/proc"), Path.of("/sys")));
    for (int i = 0; i < 12; i++) {
      rig.collect();
      rig.spawned.clear();
      assertThat(rig.value("up")).isEqualTo(1);
      assertThat(rig.source.stats().failures().keySet())
          .isSubsetOf("conntrack", "pressure", "entropy", "sockstat", "netstat");
    }
    assertThat(rig.values)
        .containsKeys(
            "node_cpu_seconds_total{cpu=\"0\", mode=\"idle\"}",
            "node_memory_MemAvailable_bytes",
            "node_load1",
            "node_filefd_allocated",
            "node_vmstat_pgfault",
            "node_network_receive_bytes_total{device=\"lo\"}",
            "node_network_mtu_bytes{device=\"lo\"}",
            "node_boot_time_seconds");
    String bootTime =
        Files.readAllLines(Path.of("/proc/stat")).stream()
            .filter(line -> line.startsWith("btime "))
            .findFirst()
            .orElseThrow();
    assertThat(rig.value("node_boot_time_seconds"))
        .isEqualTo(Double.parseDouble(bootTime.substring("btime ".length())));
    String maximum = Files.readAllLines(Path.of("/proc/sys/fs/file-max")).getFirst();
    assertThat(rig.value("node_filefd_maximum")).isEqualTo(Double.parseDouble(maximum));
  }
}
