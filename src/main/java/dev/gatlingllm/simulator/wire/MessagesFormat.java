package dev.gatlingllm.simulator.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Anthropic's Messages as server-sent events, each named by its type. */
final class MessagesFormat implements WireFormat {

  private static final Pattern TYPE = Pattern.compile("^\\{\"type\":\"(\\w+)\"");
  private static final String PING = "event: ping\ndata: {\"type\": \"ping\"}\n\n";

  private final AnthropicAnswer body;

  MessagesFormat(AnthropicAnswer body) {
    this.body = body;
  }

  @Override
  public String streamType() {
    return "text/event-stream; charset=utf-8";
  }

  @Override
  public ByteBuf opening(ByteBufAllocator alloc) {
    ByteBuf events = events(alloc, body.opening());
    ByteBufUtil.writeUtf8(events, PING);
    return events;
  }

  @Override
  public ByteBuf chunk(ByteBufAllocator alloc, int choice, boolean reasoning, byte[] text) {
    return events(alloc, body.chunk(reasoning, new String(text, UTF_8)));
  }

  @Override
  public ByteBuf closing(ByteBufAllocator alloc, AnswerEnd end) {
    List<String> events = body.closing(end, "");
    // Without its end, an answer lacks the reason to stop as well.
    return events(alloc, end.terminated() ? events : events.subList(0, events.size() - 2));
  }

  @Override
  public ByteBuf errorEvent(ByteBufAllocator alloc) {
    return events(
        alloc,
        List.of(
            "{\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":"
                + "\"The model failed while it was generating.\"}}"));
  }

  @Override
  public ByteBuf malformedEvent(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(
        alloc, "event: content_block_delta\ndata: {\"type\":\"content_block_de\n\n");
  }

  @Override
  public ByteBuf keepAlive(ByteBufAllocator alloc) {
    return ByteBufUtil.writeUtf8(alloc, PING);
  }

  @Override
  public byte[] whole(byte[] reasoning, List<byte[]> contents, AnswerEnd end) {
    return body.whole(new String(reasoning, UTF_8), new String(contents.get(0), UTF_8), end)
        .getBytes(UTF_8);
  }

  private static ByteBuf events(ByteBufAllocator alloc, List<String> events) {
    ByteBuf bytes = alloc.buffer();
    for (String event : events) {
      Matcher type = TYPE.matcher(event);
      String name = type.find() ? type.group(1) : "message";
      ByteBufUtil.writeUtf8(bytes, "event: " + name + "\ndata: " + event + "\n\n");
    }
    return bytes;
  }
}
