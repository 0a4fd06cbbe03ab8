"""The sale screen and what opens on it. Acts through `pos.services.selling`; owns no rule of selling."""
