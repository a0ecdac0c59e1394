package dev.gatlingllm.bench;

import java.io.IOException;

/** The processor time of a process within a window of time. */
final class CpuWindow {

  private final ChildJvm process;
  private final long fromNanos;
  private long cpuNanos;
  private long compilerNanos;
  private long toNanos;

  private CpuWindow(ChildJvm process) throws IOException {
    this.process = process;
    this.cpuNanos = process.cpu().toNanos();
    this.compilerNanos = process.compilerCpu().toNanos();
    this.fromNanos = System.nanoTime();
  }

  static CpuWindow open(ChildJvm process) throws IOException {
    return new CpuWindow(process);
  }

  void close() throws IOException {
    toNanos = System.nanoTime();
    compilerNanos = process.compilerCpu().toNanos() - compilerNanos;
    cpuNanos = process.cpu().toNanos() - cpuNanos;
  }

  long fromNanos() {
    return fromNanos;
  }

  long toNanos() {
    return toNanos;
  }

  /** Without the JIT compiler. */
  long cpuNanos() {
    return cpuNanos - compilerNanos;
  }

  long compilerNanos() {
    return compilerNanos;
  }
}
