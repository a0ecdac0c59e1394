package dev.gatlingllm.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a client saw of one call, in nanoseconds of {@link System#nanoTime}.
 *
 * @param id the request id, without dashes
 * @param startNanos when the request went to the transport
 * @param chunkNanos when each chunk came
 */
@SuppressWarnings(
    "ArrayRecordComponent") // one number per chunk: boxing would cost what is measured
record CallStamps(String id, long startNanos, long[] chunkNanos) {

  static void write(Path file, Collection<CallStamps> calls) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(calls.size());
      for (CallStamps call : calls) {
        out.writeUTF(call.id);
        out.writeLong(call.startNanos);
        out.writeInt(call.chunkNanos.length);
        for (long nanos : call.chunkNanos) {
          out.writeLong(nanos);
        }
      }
    }
  }

  static List<CallStamps> read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      int count = in.readInt();
      List<CallStamps> calls = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        String id = in.readUTF();
        long start = in.readLong();
        long[] chunks = new long[in.readInt()];
        for (int c = 0; c < chunks.length; c++) {
          chunks[c] = in.readLong();
        }
        calls.add(new CallStamps(id, start, chunks));
      }
      return calls;
    }
  }
}
