package dev.tocsin.collect.host;

import dev.tocsin.model.tenant.Tenant;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// How the host is measured.
///
/// @param job the label `job` of every series
/// @param instance the label `instance`; empty for the host's name
/// @param proc where /proc is
/// @param sys where /sys is
/// @param intervalMs between two collections
/// @param mountTimeoutMs a file system that has not answered for so long is reported as broken
/// @param excluded what is not measured
public record HostConfig(
    Tenant tenant,
    String job,
    String instance,
    Path proc,
    Path sys,
    long intervalMs,
    long mountTimeoutMs,
    Excluded excluded) {

  public static final HostConfig DEFAULT =
      new HostConfig(
          Tenant.DEFAULT,
          "node",
          "",
          Path.of("/proc"),
          Path.of("/sys"),
          1000,
          5000,
          Excluded.DEFAULT);

  /// Which names are left out; a pattern must match somewhere in the name. The defaults are
  /// node_exporter's.
  public record Excluded(
      Pattern mountPoints, Pattern fileSystemTypes, Pattern disks, Pattern networks) {
    public static final Excluded DEFAULT =
        new Excluded(
            Pattern.compile(
                "^/(dev|proc|run/credentials/.+|sys|var/lib/docker/.+"
                    + "|var/lib/containers/storage/.+)($|/)"),
            Pattern.compile(
                "^(autofs|binfmt_misc|bpf|cgroup2?|configfs|debugfs|devpts|devtmpfs|erofs|fusectl"
                    + "|hugetlbfs|iso9660|mqueue|nsfs|overlay|proc|procfs|pstore|rpc_pipefs"
                    + "|securityfs|selinuxfs|squashfs|sysfs|tracefs)$"),
            Pattern.compile("^(z?ram|loop|fd|(h|s|v|xv)d[a-z]|nvme\\d+n\\d+p)\\d+$"),
            Pattern.compile("(?!)"));
  }
}
