#include "../../Tests/CDlib/network.h"
