package dev.tocsin.collect.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a small machine: two processors, a disk with a partition, two network devices, three
/// mounts. All numbers are made up.
final class HostTree {
  final Path proc;
  final Path sys;

  HostTree(Path root) {
    proc = root.resolve("proc");
    sys = root.resolve("sys");
    system();
    memoryAndDisks();
    network();
  }

  void proc(String path, String content) {
    write(proc.resolve(path), content);
  }

  void sys(String path, String content) {
    write(sys.resolve(path), content);
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String stat(int user0, int idle0) {
    return """
        cpu  1 2 3 4 5 6 7 8 9 10
        cpu0 %d 20 30 %d 50 60 70 80 90 100
        cpu1 1100 120 130 140 150 160 170 180 0 0
        intr 987654321 3 0 0 17
        ctxt 4242
        btime 1700000123
        processes 77
        procs_running 3
        procs_blocked 1
        softirq 5 1 1 1 1 1
        """
        .formatted(user0, idle0);
  }

  private void system() {
    proc("stat", stat(1000, 40_000));
    proc("loadavg", "0.25 1.50 12.75 2/345 6789\n");
    proc(
        "vmstat", "nr_free_pages 5\npgfault 1001\npgmajfault 12\npswpin 3\noom_kill 2\nx_kill 9\n");
    proc("pressure/cpu", "some avg10=0.10 avg60=0.00 avg300=0.00 total=2500000\n");
    proc(
        "pressure/io",
        "some avg10=0.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 total=500000\n");
    proc("pressure/memory", "some total=7000000\nfull total=8000000\n");
    proc("sys/fs/file-nr", "1024\t0\t99999\n");
    proc("sys/kernel/random/entropy_avail", "256\n");
    proc("sys/kernel/random/poolsize", "4096\n");
    proc("sys/kernel/ostype", "Linux\n");
    proc("sys/kernel/osrelease", "6.99.1-made-up\n");
    proc("sys/kernel/version", "#7 SMP\n");
    proc("sys/kernel/domainname", "(none)\n");
    proc("sys/kernel/arch", "riscv128\n");
  }

  static String disk(String line) {
    return "   8       0 sda 11 12 13 14 15 16 17 18 19 2000 2100 22 23 24 2500 26 2700\n" + line;
  }

  private void memoryAndDisks() {
    proc(
        "meminfo",
        """
        MemTotal:        2048000 kB
        MemAvailable:    1024000 kB
        Active(anon):        100 kB
        HugePages_Total:       5
        """);
    proc("diskstats", disk("   8       1 sda1 1 1 1 1 1 1 1 1 1 1 1\n 259 0 nvme0n1 9 8 7 6\n"));
    sys("block/nvme0n1/queue/rotational", "0\n");
    sys("block/sda/queue/rotational", "1\n");
    proc(
        "1/mountinfo",
        """
        22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro
        23 22 0:21 / /proc rw - proc proc rw
        24 22 0:45 / /mnt/my\\040share ro,relatime - nfs4 server:/export\\134x rw
        25 22 0:46 / /var/lib/docker/overlay2/abc rw - ext4 /dev/sdb rw
        """);
  }

  private void network() {
    proc(
        "net/dev",
        """
        Inter-|   Receive                          |  Transmit
         face |bytes packets errs drop fifo frame compressed multicast|bytes packets errs
          eth0: 1001 1002 1003 1004 1005 1006 1007 1008 1009 1010 1011 1012 1013 1014 1015 1016
            lo:7 7 0 0 0 0 0 0 7 7 0 0 0 0 0 0
        """);
    sys("class/net/eth0/operstate", "up\n");
    sys("class/net/eth0/carrier", "1\n");
    sys("class/net/eth0/mtu", "9000\n");
    sys("class/net/eth0/speed", "1000\n");
    sys("class/net/eth0/flags", "0x1003\n");
    sys("class/net/eth0/address", "aa:bb:cc:dd:ee:ff\n");
    sys("class/net/eth0/statistics/rx_nohandler", "31\n");
    sys("class/net/lo/operstate", "unknown\n");
    sys("class/net/bonding_masters", "\n");
    proc("net/sockstat", "sockets: used 44\nTCP: inuse 5 orphan 0 tw 1 alloc 6 mem 3\n");
    proc("net/sockstat6", "TCP6: inuse 2\n");
    proc(
        "net/netstat",
        """
        TcpExt: SyncookiesSent PruneCalled ListenDrops
        TcpExt: 61 62 63
        IpExt: InOctets
        IpExt: 12345678901
        """);
    proc("net/snmp", "Tcp: RtoMin CurrEstab\nTcp: 200 18\n");
    proc("net/snmp6", "Ip6InOctets   \t 64\nIp6Other 1\n");
    proc(
        "net/softnet_stat",
        """
        000000ff 00000001 00000002 0 0 0 0 0 0 0 0 0 00000000
        00000010 00000000 00000000 0 0 0 0 0 0 0 0 0 00000001
        """);
  }
}
