// Packets and their samples: wire/ and codec/.
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "codec/pcm.h"
#include "far_end.h"
#include "kernel.h"
#include "signals.h"
#include "wire/redundancy.h"

namespace tutti::bench {
namespace {

template <uint32_t kBits>
Run encode() {
  const std::vector<float> sound = test::white(kFrames, 1);
  return [sound, bytes = std::array<uint8_t, kFrames * 4>{}]() mutable {
    codec::pcm_encode(kBits, sound, bytes.data());
    return static_cast<float>(bytes[0] + bytes[kFrames - 1]);
  };
}

template <uint32_t kBits>
Run decode() {
  std::array<uint8_t, kFrames * 4> bytes{};
  codec::pcm_encode(kBits, test::white(kFrames, 1), bytes.data());
  return [bytes, sound = std::array<float, kFrames>{}]() mutable {
    codec::pcm_decode(kBits, bytes.data(), sound);
    return sound[0] + sound[kFrames - 1];
  };
}

// A datagram of four packets, as redundancy makes it.
Run parse() {
  FarEnd far(1, 2, 0.0);
  std::vector<std::vector<uint8_t>> sent;
  for (int i = 0; i < 4; ++i) {
    const auto packet = far.next();
    sent.emplace_back(packet.begin(), packet.end());
  }
  std::vector<uint8_t> bytes;
  for (size_t i = sent.size(); i-- > 0;) bytes.insert(bytes.end(), sent[i].begin(), sent[i].end());
  return [bytes, datagram = wire::Datagram()]() mutable {
    datagram.parse(bytes);
    return static_cast<float>(datagram.count());
  };
}

}  // namespace

Kernels wire_kernels() {
  return {{"PCM, 16 bits: encode", encode<16>},
          {"PCM, 16 bits: decode", decode<16>},
          {"PCM, 24 bits: encode", encode<24>},
          {"PCM, 24 bits: decode", decode<24>},
          {"parse a datagram of 4 packets", parse}};
}

}  // namespace tutti::bench
