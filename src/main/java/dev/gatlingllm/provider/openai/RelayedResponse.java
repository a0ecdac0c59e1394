package dev.gatlingllm.provider.openai;

import com.openai.core.http.Headers;
import com.openai.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A response in the SDK's words. Its body is empty where it is decoded elsewhere. */
final class RelayedResponse implements HttpResponse {

  private static final Headers NONE = Headers.builder().build();

  private final int status;
  private final byte[] bytes;

  RelayedResponse(int status, byte[] bytes) {
    this.status = status;
    this.bytes = bytes;
  }

  @Override
  public int statusCode() {
    return status;
  }

  @Override
  public Headers headers() {
    return NONE;
  }

  @Override
  public InputStream body() {
    return new ByteArrayInputStream(bytes);
  }

  @Override
  public void close() {}
}
