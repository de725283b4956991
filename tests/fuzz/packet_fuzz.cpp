// Whatever bytes arrive, what the parser lets through is in range and within the datagram.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "wire/packet.h"
#include "wire/redundancy.h"

namespace tutti::wire {
namespace {

void expect(bool truth) {
  if (!truth) std::abort();
}

void check(std::span<const uint8_t> bytes) {
  Datagram datagram;
  const bool good = datagram.parse(bytes) == Refusal::kNone;
  expect(good == (datagram.count() > 0) && datagram.count() <= kMaxRedundancy);
  size_t at = 0;
  for (size_t i = 0; i < datagram.count(); ++i) {
    const Header& h = datagram[i].header;
    expect(rate_of_code(h.rate_code) != 0);
    expect(h.bits == 8 || h.bits == 16 || h.bits == 24 || h.bits == 32);
    expect(h.frames >= kMinFrames && h.frames <= kMaxFrames);
    expect(h.channels <= kMaxChannels);
    expect(h.sequence == static_cast<uint16_t>(datagram[0].header.sequence - i));
    at += kHeaderBytes;
    expect(datagram[i].payload.data() == bytes.data() + at);
    expect(datagram[i].payload.size() == payload_bytes(h));
    at += datagram[i].payload.size();
  }
  expect(!good || at == bytes.size());
}

}  // namespace
}  // namespace tutti::wire

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tutti::wire::check({data, size});
  return 0;
}
