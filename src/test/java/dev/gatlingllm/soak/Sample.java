package dev.gatlingllm.soak;

/**
 * What a JVM held at one instant.
 *
 * @param seconds since the first sample
 * @param heapBytes heap in use after a full collection
 * @param directBytes direct memory, Netty's included
 * @param threads live threads
 * @param descriptors open file descriptors
 */
record Sample(long seconds, long heapBytes, long directBytes, long threads, long descriptors) {

  /** A line of comma-separated values. */
  String line() {
    return seconds + "," + heapBytes + "," + directBytes + "," + threads + "," + descriptors;
  }

  static Sample of(String line) {
    String[] fields = line.split(",", -1);
    return new Sample(
        Long.parseLong(fields[0]),
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }
}
