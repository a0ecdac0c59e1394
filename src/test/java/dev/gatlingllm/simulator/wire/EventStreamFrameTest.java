package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.eventstream.Message;
import software.amazon.awssdk.eventstream.MessageDecoder;

/** Frames are decoded by the library that the AWS SDK reads them with. */
class EventStreamFrameTest {

  private static final UnpooledByteBufAllocator ALLOC = UnpooledByteBufAllocator.DEFAULT;

  @Test
  void anEventIsReadAsItWasWritten() {
    Message message = decoded(event()).get(0);

    assertThat(message.getHeaders().get(":event-type").getString()).isEqualTo("contentBlockDelta");
    assertThat(message.getHeaders().get(":message-type").getString()).isEqualTo("event");
    assertThat(message.getHeaders().get(":content-type").getString()).isEqualTo("application/json");
    assertThat(message.getPayload()).asString(UTF_8).isEqualTo("{\"café\":1}");
  }

  @Test
  void anExceptionSaysItsType() {
    Message message =
        decoded(EventStreamFrame.of(ALLOC, EventStreamFrame.exceptionHeaders("throttled"))).get(0);

    assertThat(message.getHeaders().get(":message-type").getString()).isEqualTo("exception");
    assertThat(message.getHeaders().get(":exception-type").getString()).isEqualTo("throttled");
    assertThat(message.getPayload()).isEmpty();
  }

  @Test
  void aCorruptedFrameIsNotAccepted() {
    assertThatThrownBy(() -> decoded(EventStreamFrame.corrupted(event())))
        .hasMessageContaining("checksum");
  }

  private static ByteBuf event() {
    return EventStreamFrame.of(
        ALLOC,
        EventStreamFrame.eventHeaders("contentBlockDelta"),
        "{\"café\"".getBytes(UTF_8),
        ":1}".getBytes(UTF_8));
  }

  private static List<Message> decoded(ByteBuf frame) {
    MessageDecoder decoder = new MessageDecoder();
    decoder.feed(ByteBufUtil.getBytes(frame));
    return decoder.getDecodedMessages();
  }
}
