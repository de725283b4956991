// A network's behaviour as somebody measured it: seq,send_ms,arrival_ms, one packet a line, the
// arrival empty when it was lost. Mapped to a stream of another rate of packets: the delay at a
// time is interpolated between the packets that arrived, a packet is lost when the nearest one
// (in sending time) was lost. The trace begins anew at its end.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tutti::sim {

class Trace {
 public:
  // Throws std::runtime_error: names the file, the line and what is wrong.
  static Trace read(const std::string& path);

  // Delay in ms of a packet sent `send_ms` after the first one; nothing when it is lost.
  std::optional<double> delay_ms(double send_ms) const;
  double duration_ms() const { return sent_.back(); }

 private:
  // All in sending order, times since the first packet was sent.
  std::vector<double> sent_;
  std::vector<bool> lost_;
  std::vector<double> arrived_sent_;   // of those that arrived: sending time ...
  std::vector<double> arrived_after_;  // ... and delay
};

}  // namespace tutti::sim
